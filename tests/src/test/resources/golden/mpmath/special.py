import mpmath as mp
mp.mp.dps=50
D=lambda v: repr(float(v))
def row(n,f,xs):
    for x in xs:
        xm=mp.mpf(x)
        print(f'{n} {D(xm)} {D(f(xm))}')
print("# mpmath %s, 50 digits, script: special.py (name, argument, value rounded to float64)"%mp.__version__)
row('erf',mp.erf,[1e-300,1e-9,0.1,-0.3,0.84375,1.0,1.5,1.999,2.0,2.5,-3.0,5.0,5.9])
row('erfc',mp.erfc,[-7,-2.5,-1.0,0.1,0.49,0.5,0.7,1.0,1.25,2.0,3.0,5.0,10.0,20.0,26.0])
row('lgamma',lambda x: mp.log(abs(mp.gamma(x))),[1e-10,0.01,0.3,0.5,0.9,0.999999,1.0000001,1.2,1.4616,1.5,1.9999,2.0001,2.5,2.6,3.7,7.5,9.9,10.0,12.5,100.0,1e5,1e15,-0.3,-1.5,-2.7,-10.25])
row('digamma',mp.digamma,[1e-8,0.1,0.5,1.0,1.3,2.0,5.5,9.99,10.0,33.0,1e6,-0.5,-1.3,-7.75])
row('erfinv',mp.erfinv,[1e-10,0.1,-0.5,0.84,0.86,0.99,-0.9999,0.9999999999])
mp.mp.dps=400  # 2p - 1 must keep p = 1e-300
row('ndtri',lambda p: mp.sqrt(2)*mp.erfinv(2*p-1),[1e-300,1e-20,1e-8,0.01,0.07,0.08,0.3,0.5000001,0.9,0.999,1-1e-12])
mp.mp.dps=50
row('i0e',lambda x: mp.besseli(0,x)*mp.exp(-abs(x)),[0.0,0.1,1.0,-3.0,7.9,8.1,24.9,25.1,100.0,1e4])
row('i1e',lambda x: mp.besseli(1,x)*mp.exp(-abs(x)),[1e-5,0.1,1.0,-3.0,7.9,8.1,24.9,25.1,100.0,1e4])
row('asinh',mp.asinh,[1e-12,1e-4,-0.5,2.0,1e6,1e200])
row('acosh',lambda x: mp.re(mp.acosh(x)),[1.0,1.0000001,1.5,20.0,1e10,1e200])
row('atanh',mp.atanh,[1e-12,1e-4,-0.5,0.9,0.9999999])

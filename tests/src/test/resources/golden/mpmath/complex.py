import mpmath as mp
mp.mp.dps=50
print("# mpmath %s, 50 digits, script: complex.py (name, re, im, re of value, im of value)"%mp.__version__)
pts=[(0.5,0.25),(-0.5,0.25),(1.5,-2.0),(-1.5,-2.0),(3.0,4.0),(-3.0,0.5),(1e-3,2e-3),(0.1,-20.0),(25.0,0.7),(-25.0,0.7),(0.9,1e-3)]
fs=dict(exp=mp.exp,expm1=mp.expm1,log=mp.log,log1p=lambda z: mp.log(1+z),sqrt=mp.sqrt,rsqrt=lambda z:1/mp.sqrt(z),sin=mp.sin,cos=mp.cos,tan=mp.tan,sinh=mp.sinh,cosh=mp.cosh,tanh=mp.tanh,asin=mp.asin,acos=mp.acos,atan=mp.atan,asinh=mp.asinh,acosh=mp.acosh,atanh=mp.atanh,sigmoid=lambda z:1/(1+mp.exp(-z)),reciprocal=lambda z:1/z,square=lambda z:z*z,sign=lambda z:z/abs(z))
for n,f in fs.items():
    for a,b in pts:
        v=f(mp.mpc(a,b)); print(n,repr(a),repr(b),repr(float(v.real)),repr(float(v.imag)))
for a,b in pts:
    z=mp.mpc(a,b); w=mp.mpc(0.7,-1.3)
    for n,v in (('pow',z**w),('div',z/w),('mul',z*w)): print(n,repr(a),repr(b),repr(float(v.real)),repr(float(v.imag)))

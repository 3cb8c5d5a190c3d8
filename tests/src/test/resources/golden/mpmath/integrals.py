import mpmath as mp
mp.mp.dps=60
D=lambda v: repr(float(v))
def row(n,f,*lists):
    for xs in zip(*lists):
        xm=[mp.mpf(x) for x in xs]
        print(n,*[D(x) for x in xm],D(f(*xm)))
print("# mpmath %s, 60 digits, script: integrals.py (name, arguments, value rounded to float64)"%mp.__version__)
X=[1e-8,0.1,0.75,1.0,1.4375,1.5,1.9990234375,2.0,2.0009765625,3.25,7.5,9.984375,10.0,12.0,24.9990234375,25.0,40.0,100.5,1e4]
S=[-x for x in X]+X
row('j0',lambda x: mp.besselj(0,x),S)
row('j1',lambda x: mp.besselj(1,x),S)
row('y0',lambda x: mp.bessely(0,x),X)
row('y1',lambda x: mp.bessely(1,x),X)
row('k0',lambda x: mp.besselk(0,x),X[:-1])
row('k1',lambda x: mp.besselk(1,x),X[:-1])
row('k0e',lambda x: mp.besselk(0,x)*mp.exp(x),X)
row('k1e',lambda x: mp.besselk(1,x)*mp.exp(x),X)
row('dawson',lambda x: mp.sqrt(mp.pi)/2*mp.exp(-x*x)*mp.erfi(x) if abs(x)<100 else mp.nsum(lambda k: mp.fac2(2*k-1)/(2*x*x)**k/(2*x),[0,8]),S)
row('ei',mp.ei,X[:-1]+[700.0])
row('spence',lambda x: mp.re(mp.polylog(2,1-x)),[0.0]+X+[0.4990234375,0.5,1.0001,1e9])
row('fresnelCos',mp.fresnelc,S)
row('fresnelSin',mp.fresnels,S)
P=[(0.5,0.25),(0.01,0.5),(1e-6,0.1),(1.0,1.0),(3.0,3.99),(3.0,4.01),(9.5,20.0),(10.5,3.0),(50.0,40.0),(50.0,75.0),(1000.0,1010.0),(0.3,1.25),(2.5,30.0)]
A,B=zip(*P)
row('lower',lambda a,x: mp.gammainc(a,0,x,regularized=True),A,B)
row('upper',lambda a,x: mp.gammainc(a,x,mp.inf,regularized=True),A,B)
for n in (1,2,3):
    row('lowerByShape%d'%n,lambda a,x: mp.diff(lambda t: mp.gammainc(t,0,x,regularized=True),a,n),[a for a,x in P if a<40],[x for a,x in P if a<40])
row('hurwitz',mp.zeta,[1.001,1.5,2.0,3.25,10.0,40.0],[0.5,1.0,7.5,0.01,3.0,1.25])
row('polygamma',lambda n,x: mp.polygamma(int(n),x),[0,1,2,3,8,1,2],[0.3,0.3,5.5,40.0,1.25,-0.25,-3.5])
T=[(0.5,0.5,0.25),(2.0,3.0,0.9),(10.0,0.1,0.999),(0.001,7.0,1e-6),(60.0,80.0,0.43),(1.0,1.0,0.3)]
row('beta',lambda a,b,x: mp.betainc(a,b,0,x,regularized=True),*zip(*T))

import pytest
from tests.journeys.conftest import stack, browser, visitor
from tests.journeys.test_talk_and_my_day import acting
from tests.work.making import make, day
from datetime import date, timedelta
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
def test_shots(visitor, acting, template):
    c=template; t=date.today(); d=lambda n: t+timedelta(days=n)
    a=acting(make,"Nikos",c.PARKS,c.Eleni,"Fallen branches, Kountouriotou 12",due_on=t)
    b=acting(make,"Nikos",c.PARKS,c.Eleni,"Permit to fell a pine at Analipseos 3",due_on=d(-3))
    acting(make,"Nikos",c.PARKS,c.Eleni,"Κλάδεμα δέντρων στην οδό Αγίου Δημητρίου",due_on=d(4))
    acting(make,"Nikos",c.PARKS,c.Eleni,"Order new benches")
    acting(ask,"Eleni",b,Ask(of=c.forestry,what="Opinion on the pine",until=d(5),stops_clock=True))
    acting(ask,"Nikos",a,Ask(of=c.Eleni,what="Is the road free?",until=t))
    r=acting(make,"Petros",c.ROADS,c.Petros,"Pavement licence"); acting(offer,"Petros",r,Offer(to=c.Eleni,note="This is a tree matter"))
    l=acting(make,"Petros",c.ROADS,c.Leila,"بررسی هزینه",due_on=t) if False else None
    n=0
    for who,text in [("Nikos","Two trees are **down** on Kountouriotou:\n\n- one on the road\n- one on a car"),("Nikos",f"@[Eleni](party:{c.Eleni}) can you go?"),("Eleni","On my way."),("Eleni","سلام، عکس‌ها را فرستادم"),("Babis",f"I ask @[Roads](party:{c.ROADS}) for a lorry.")]:
        n+=1; acting(say,who,Owner("work-item",a),Say(text=text,nonce=f"n{n}"))
    import time; time.sleep(3)
    for loc,theme,w in [("en","light",1280),("fa","dark",390),("el","light",1280)]:
        v=visitor("Eleni",loc,w,theme).signs_in(); v.prefers(loc,theme); 
        for name,path in [("day","/"),("inbox","/inbox"),("item","/work-items/PARKS-1")]:
            v.opens(path); v.page.wait_for_timeout(300)
            v.page.screenshot(path=f"/tmp/shot-{name}-{loc}-{w}.png",full_page=True)
    v=visitor("Leila","fa",1280).signs_in(); v.opens("/").page.screenshot(path="/tmp/shot-empty.png")

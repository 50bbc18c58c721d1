import pytest, traceback
from tests.test_canary import site
from tests.clock import Clock
from wiki.models import Notification
from wiki.notices import letters
@pytest.mark.django_db
def test_dump(site, monkeypatch):
    n = Notification.objects.with_everything().get(user=site.people["cia"], kind="membership")
    letters.notice(n, count=1)

"""Which door answers at which address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("desk/account/", include("safar.desk.trust.urls_account")),
    path("desk/", include("safar.desk.urls")),
    path("field/", include("safar.field.urls")),
    path("api/", include("safar.api.urls")),
    path("gallery/", include("safar.ui.urls")),
    path("", include("safar.portal.urls_root")),
    *i18n_patterns(path("", include("safar.portal.urls"))),
]
handler400 = "safar.ui.views.bad_request"
handler403 = "safar.ui.views.refused"
handler404 = "safar.ui.views.not_found"
handler500 = "safar.ui.views.broken"

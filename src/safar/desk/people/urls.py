from django.urls import path

from safar.desk.people import (
    urls_sealed,
    views,
    views_cards,
    views_consents,
    views_duplicates,
    views_households,
    views_registering,
)

app_name = "people"
urlpatterns = [
    path("", views.find, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("new/", views_registering.register, name="register"),
    path("new/alike/", views_registering.alike, name="alike"),
    path("duplicates/", views_duplicates.queue, name="duplicates"),
    path("duplicates/<uuid:first_id>/<uuid:second_id>/", views_duplicates.pair, name="duplicate"),
    path("duplicates/<uuid:first_id>/<uuid:second_id>/decide/", views_duplicates.decide, name="duplicate_decide"),
    path("merges/<uuid:merge_id>/", views_duplicates.merge, name="merge"),
    path("<uuid:person_id>/other/", views_duplicates.other_file, name="merge_with"),
    path("<uuid:person_id>/", views.file, name="file"),
    path("<uuid:person_id>/edit/", views.edit, name="edit"),
    path("<uuid:person_id>/card/", views_cards.show, name="card"),
    path("<uuid:person_id>/card/issue/", views_cards.issue, name="card_issue"),
    path("<uuid:person_id>/card/revoke/", views_cards.revoke, name="card_revoke"),
    path("<uuid:person_id>/household/", views_households.start, name="household_start"),
    path("households/<uuid:household_id>/", views_households.show, name="household"),
    path("households/<uuid:household_id>/find/", views_households.find, name="household_find"),
    path("households/<uuid:household_id>/edit/", views_households.edit, name="household_edit"),
    path("households/<uuid:household_id>/add/<uuid:person_id>/", views_households.add, name="household_add"),
    path("households/members/<uuid:member_id>/leave/", views_households.leave, name="household_leave"),
    *urls_sealed.urlpatterns,
    path("<uuid:person_id>/consents/", views_consents.show, name="consents"),
    path("<uuid:person_id>/consents/paper/", views_consents.paper, name="consent_paper"),
    path("<uuid:person_id>/consent/", views_consents.decide, name="decide"),
    path("consent/<uuid:grant_id>/withdraw/", views_consents.withdraw, name="withdraw"),
    path("reach/<uuid:point_id>/", views_consents.reach, name="reach"),
]

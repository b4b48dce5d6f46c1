from django.urls import URLPattern, path

from safar.desk.cases.referrals import views, views_figures, views_incoming, views_link, views_refer

urlpatterns: list[URLPattern] = [
    path("contacts/<uuid:contact_id>/refer/", views_refer.refer_contact, name="refer_contact"),
    path("cases/<uuid:case_id>/refer/", views_refer.refer_case, name="refer_case"),
    path("referrals/", views.list_referrals, name="referrals"),
    path("referrals/answers/", views.answers, name="referral_answers"),
    path("referrals/late/", views.late, name="referrals_late"),
    path("referrals/incoming/", views_incoming.incoming, name="referrals_incoming"),
    path("referrals/incoming/<uuid:referral_id>/", views_incoming.show, name="referral_incoming"),
    path("referrals/incoming/<uuid:referral_id>/receive/", views_incoming.receive, name="referral_receive"),
    path("referrals/incoming/<uuid:referral_id>/answer/", views_incoming.answer, name="referral_answer"),
    path("referrals/figures/", views_figures.show, name="referral_figures"),
    path("referrals/of/<uuid:person_id>/", views_refer.refer_person, name="refer_person"),
    path("referrals/<uuid:referral_id>/", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/letter.pdf", views.letter, name="referral_letter"),
    path("referrals/<uuid:referral_id>/send/", views.send_referral, name="send_referral"),
    path("referrals/<uuid:referral_id>/move/", views.move_referral, name="move_referral"),
    path("referrals/<uuid:referral_id>/client/", views.confirm_referral, name="confirm_referral"),
    path("referrals/<uuid:referral_id>/close/", views.close_referral, name="close_referral"),
    path("referrals/<uuid:referral_id>/next-date/", views.postpone_referral, name="postpone_referral"),
    path("referrals/<uuid:referral_id>/withdraw/", views.withdraw_referral, name="withdraw_referral"),
    path("referrals/<uuid:referral_id>/seen/", views.seen, name="referral_seen"),
    path("referrals/<uuid:referral_id>/link/", views_link.make, name="referral_link"),
    path("referrals/<uuid:referral_id>/link/revoke/", views_link.revoke, name="referral_link_revoke"),
]

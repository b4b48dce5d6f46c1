"""The processing register: what the authority asks, as the program answers it, and the few answers only the centre has."""

from dataclasses import fields

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.desk.trust.register_files import KINDS, written
from safar.kernel.clock import today
from safar.trust.actions import register as actions
from safar.trust.permissions import KEEP_REGISTER
from safar.trust.queries import register as queries
from safar.trust.rules import RegisterAnswers
from safar.ui.forms import DateInput


class AnswersForm(ActionForm):
    holder_name = forms.CharField(label=gettext_lazy("Legal name of the holder"), max_length=200, required=False)
    holder_tax_number = forms.CharField(label=gettext_lazy("Tax number"), max_length=20, required=False)
    holder_address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    responsible_name = forms.CharField(label=gettext_lazy("Responsible person: name"), max_length=120, required=False)
    responsible_post = forms.CharField(label=gettext_lazy("Responsible person: post"), max_length=120, required=False)
    responsible_contact = forms.CharField(
        label=gettext_lazy("Responsible person: phone or e-mail"), max_length=120, required=False
    )
    storage_place = forms.CharField(
        label=gettext_lazy("Where the machine stands"), max_length=200, required=False,
        help_text=gettext_lazy("Address or data centre; the sheet says whether it is in the country."),
    )  # fmt: skip
    security_note = forms.CharField(
        label=gettext_lazy("Further security measures"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The sheet lists what the guide for running a centre asks for. Say here what differs."),
    )  # fmt: skip
    recipients_note = forms.CharField(
        label=gettext_lazy("Further recipients"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    crosses_border = forms.BooleanField(label=gettext_lazy("Personal data leave the country"), required=False)
    cross_border_note = forms.CharField(
        label=gettext_lazy("To which country, to whom, on what ground"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    registration_number = forms.CharField(
        label=gettext_lazy("Number of the registration, once given"), max_length=60, required=False
    )
    registered_on = forms.DateField(label=gettext_lazy("Registered on"), required=False, widget=DateInput)


@requires(KEEP_REGISTER)
def register(request: DeskRequest) -> HttpResponse:
    """Show the sheet in one of the node's languages, and what is still missing from it."""
    offered = dict(queries.languages())
    wanted = request.GET.get("language", "") or (get_language() or "")
    language = wanted if wanted in offered else next(iter(offered))
    sheet = queries.sheet(language)
    # On the screen what is the same for all stands once, first; the file repeats it, because each array is handed in alone.
    same = set.intersection(*(set(array.rows) for array in sheet.arrays))
    context = {
        "sheet": sheet,
        "shared": [row for row in sheet.arrays[0].rows if row in same],
        "arrays": [(array.name, [row for row in array.rows if row not in same]) for array in sheet.arrays],
        "sheet_languages": queries.languages(),
        "kinds": list(KINDS),
        "undescribed": queries.undescribed(),
        "answers": queries.answers(),
    }
    return render(request, "desk/trust/register.html", context)


@requires(KEEP_REGISTER)
def answers(request: DeskRequest) -> HttpResponse:
    given = queries.answers()
    initial = {field.name: getattr(given, field.name) for field in fields(RegisterAnswers)}
    form = AnswersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(details=RegisterAnswers(**form.cleaned_data), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The answers are saved."))
            return redirect("desk:trust:register")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/register_answers.html", {"form": form}, status=status)


@require_POST
@requires(KEEP_REGISTER)
def download(request: DeskRequest, kind: str) -> HttpResponse:
    """Hand the sheet out as a file. By POST: that it left is an event on the trail."""
    if kind not in KINDS:
        raise Http404
    try:
        sheet = actions.take_out(language=request.POST.get("language", ""), by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk:trust:register")
    response = HttpResponse(written(sheet, kind), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="register-{sheet.language}-{today():%Y-%m-%d}.{kind}"'
    return response

"""Which channel a row of an export belongs to, although ids are ruined, names change and accounts may be new to us."""

from dataclasses import dataclass, replace
from uuid import UUID

from safar.campaigns.importers.posts import Account
from safar.campaigns.models import Channel


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """A channel we know, or the account from which one will be made."""

    account: Account
    channel: Channel | None

    @property
    def key(self) -> str:
        return str(self.channel.pk) if self.channel else self.account.id or self.account.handle.casefold()

    @property
    def channel_id(self) -> UUID | None:
        return self.channel.pk if self.channel else None

    @property
    def name(self) -> str:
        return self.channel.name if self.channel else self.account.name or self.account.handle or self.account.id

    @property
    def is_new(self) -> bool:
        return self.channel is None


class Accounts:
    """The channels of one platform by everything an export may call them."""

    def __init__(self, platform: str) -> None:
        self.by_id: dict[str, ChannelPlan] = {}
        self.by_handle: dict[str, ChannelPlan] = {}
        self.by_name: dict[str, ChannelPlan] = {}
        for channel in Channel.objects.filter(platform=platform):
            self._remember(ChannelPlan(Account(channel.account_id, channel.handle, channel.name), channel))

    def match(self, account: Account) -> ChannelPlan | None:
        """Return the channel by id, else by handle, else by name where the name is all there is or the channel has no id yet.

        None where a row names an account we do not know and has neither id nor handle from which to make a channel.
        """
        found = self.by_id.get(account.id) or self.by_handle.get(account.handle.casefold())
        named = self.by_name.get(account.name.casefold())
        if found is None and named is not None and not account.handle and not (account.id and named.account.id):
            found = named
        if found is None and (account.id or account.handle):
            found = self._remember(ChannelPlan(account, None))
        if found is not None and found.channel is not None and account.id and not found.account.id:
            # The file tells an id the channel lacked; the import will add it.
            found = self._remember(replace(found, account=replace(found.account, id=account.id)))
        return found

    def _remember(self, plan: ChannelPlan) -> ChannelPlan:
        """Make the plan findable, so that a second row of a new account joins it."""
        for known, name in (
            (self.by_id, plan.account.id),
            (self.by_handle, plan.account.handle.casefold()),
            (self.by_name, plan.account.name.casefold()),
        ):
            if name:
                known[name] = plan
        return plan

from safar.campaigns.models.campaign import Campaign
from safar.campaigns.models.channel import Channel
from safar.campaigns.models.imported_file import ImportedFile
from safar.campaigns.models.post import Post
from safar.campaigns.models.snapshot import MetricSnapshot

__all__ = ["Campaign", "Channel", "ImportedFile", "MetricSnapshot", "Post"]

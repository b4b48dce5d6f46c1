"""Ways a message can leave, one folder each; a folder with a `channel.py` holding CHANNEL is found by itself."""

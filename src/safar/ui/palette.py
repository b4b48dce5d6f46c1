"""The colours of charts. tests/ui hold them equal to tokens.css, where the dark ones stand."""

# Six hues that stay apart for red-green and blue-yellow blindness by lightness too; labels stand beside them anyway.
SERIES = ("chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6")
ON_SERIES = ("chart-on", "chart-on-2", "chart-on", "chart-on", "chart-on", "chart-on")
CLASSES = ("map-1", "map-2", "map-3", "map-4", "map-5")

# Each value is unique, so that a drawing in these colours can be turned into one that follows the page's theme.
LIGHT = {
    "chart-1": "#0d5a66",
    "chart-2": "#d98a2b",
    "chart-3": "#6c4f8c",
    "chart-4": "#2f7a59",
    "chart-5": "#b4483a",
    "chart-6": "#66717a",
    "chart-on": "#fffefa",
    "chart-on-2": "#20170a",
    "map-1": "#d9e8e2",
    "map-2": "#a5cbc6",
    "map-3": "#64a3a5",
    "map-4": "#2b7681",
    "map-5": "#083f49",
    "map-none": "#ebe4d5",
    "surface": "#fffdf9",
    "ink": "#1d2b2e",
    "ink-soft": "#566064",
    "line": "#e0d8c6",
    "line-strong": "#8b8471",
}


def classes_for(count: int) -> tuple[str, ...]:
    """Choose `count` steps of the scale so that the lightest and the darkest are always among them."""
    if count <= 1:
        return (CLASSES[3],)[:count]
    last = len(CLASSES) - 1
    return tuple(CLASSES[round(step * last / (count - 1))] for step in range(count))

"""Our own icons, SVG: `helptray`, the tray's states (`tray-*`), and actions, one colour for light and dark."""

"""Ways to a device: serial ports, sockets, WebSockets, memory; and the recorder around any."""

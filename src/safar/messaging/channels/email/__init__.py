"""E-mail over whatever mail server the installation is given; the demo prints the letters on the console."""

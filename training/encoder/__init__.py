"""The transformer reader: data, network, fitting and export."""

"""The review screen: pages made on the server, evidence cut into marks, forms without script."""

"""How tickets travel: engine, lanes and the worker that runs them."""

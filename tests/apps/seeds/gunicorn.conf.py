"""How the routes are served: one process, because it remembers what it was asked."""

workers = 1
worker_class = "gthread"  # Keeps connections, as tests/apps/storefront explains.
threads = 8
keepalive = 75  # Seconds; users wait up to 9 between two requests.
accesslog = None
loglevel = "warning"
worker_tmp_dir = "/dev/shm"  # The heartbeat files of the worker.

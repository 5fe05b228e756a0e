"""One process, as in one small container; kept connections."""

workers = 1
worker_class = "gthread"
threads = 8
keepalive = 75
accesslog = None
loglevel = "warning"
worker_tmp_dir = "/dev/shm"

"""How the shop is served: two processes, kept connections, no access log.

gunicorn writes the head and the body of an answer apart. Without TCP_NODELAY a
kept connection would hold the body until the client's delayed acknowledgement:
40 ms that are not the service's. gunicorn sets it on TCP listeners, from which
accepted connections inherit it; a proxy or a server put in its place must do so
too (tests/cli/test_storefront.py watches for the stall).
"""

workers = 2
worker_class = "gthread"  # The sync worker closes the connection after each answer.
threads = 4
keepalive = 75  # Seconds; shoppers wait up to 5 between two requests.
accesslog = None
loglevel = "warning"
worker_tmp_dir = "/dev/shm"  # The heartbeat files of the workers.

"""Small plans that several tests share. Tests point them somewhere with --host."""

# One kind of request, no waits, a length: what most questions about a run need.
STEADY = """
name: steady
target: http://127.0.0.1:1
stages:
  - {{ name: steady, for: {length}, users: {users} }}
scenarios:
  - name: visitor
    tasks:
      - get: {path}
thresholds:
  - p50 < 1s
  - error_rate < 1%
"""


def steady(path="/small.txt", users=4, length="1s"):
    return STEADY.format(path=path, users=users, length=length)

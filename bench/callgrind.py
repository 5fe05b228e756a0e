"""Where the instructions of `loadgate run` go, by object, from valgrind's callgrind.

Reads callgrind's own file (its manual: "Callgrind Format Specification"): under a
function stand its own costs, and behind each `calls=` the costs of what it called.
"""

import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import rig

OWN_LIMIT = 0.2  # Of all instructions; issue "From a plan to a verdict", Speed and memory.
SECONDS = 20  # Under valgrind, so that start and reports are a small part.

# Names of shared objects that serve others; whoever calls them is charged.
SERVANTS = re.compile(r"/(libc|libm|libstdc\+\+|libgcc_s|ld-linux[^/]*|libpthread)[.-]")
FAMILIES = [
    ("libcurl and its libraries",
     re.compile(r"/lib(curl|ssl|crypto|nghttp2|z|cares|idn2|psl)[-.]")),
    ("libc, libstdc++ and the way to the kernel", SERVANTS),
]


class Costs:
    """Own costs by (object, function), and what ours causes inside the servants."""

    def __init__(self, binary):
        self.binary = binary
        self.own = Counter()
        self.charged_to_us = 0
        self.by_servant = Counter()

    def read(self, file):
        names = {"ob": {}, "fn": {}}
        at = called = {"ob": "", "fn": ""}
        next_is_call = False

        def named(kind, text):
            number, _, name = text.partition(" ")
            if name:
                names[kind][number] = name
            return names[kind].get(number, text)

        for line in Path(file).read_text(errors="replace").splitlines():
            key, _, value = line.partition("=")
            if key in ("ob", "fn"):
                at = {**at, key: named(key, value)}
                called = dict(at)
            elif key in ("cob", "cfn"):
                called = {**called, key[1:]: named(key[1:], value)}
            elif key == "calls":
                next_is_call = True
            elif line[:1] in "+-*" or line[:1].isdigit():
                cost = int(line.split()[1]) if len(line.split()) > 1 else 0
                if next_is_call:
                    self._call(at, called, cost)
                else:
                    self.own[(at["ob"], at["fn"])] += cost
                if next_is_call:
                    called, next_is_call = dict(at), False

    def _call(self, caller, callee, cost):
        if caller["ob"].endswith(self.binary) and SERVANTS.search(callee["ob"]):
            if not never_ours(callee["fn"]):
                self.charged_to_us += cost
                self.by_servant[callee["fn"]] += cost

    def total(self):
        return sum(self.own.values())

    def of_us(self):
        return sum(cost for (name, _), cost in self.own.items() if name.endswith(self.binary))


def never_ours(function):
    """Calls into the C library that lead back to our main loop or a thread's body."""
    return any(word in function for word in ("__libc_start", "pthread_create", "thread::_M_start"))


def family_of(name, binary):
    if name.endswith(binary):
        return "our binary: loadgate and the headers compiled into it"
    for family, pattern in FAMILIES:
        if pattern.search(name):
            return family
    return "others"


def print_shares(users):
    if not shutil.which("valgrind"):
        sys.exit("n/a: valgrind is not installed (apt: valgrind)")
    cores = rig.Cores.of_this_machine()
    with rig.pinned_nginx(cores.server) as (server, folder):
        plan = rig.plan(folder, users, f"{SECONDS}s")
        file = folder / "callgrind.out"
        run = rig.run_command(plan, server.url, folder / "out")
        spent = rig.spend(run, cores.generator, accepts=rig.MEASURED)
        rig.spend(["valgrind", "--tool=callgrind", f"--callgrind-out-file={file}", *run],
                  cores.generator, accepts=rig.MEASURED)
        costs = Costs("/loadgate")
        costs.read(file)
    print_families(costs)
    print_functions(costs)
    print_conclusion(costs, spent)


def print_families(costs):
    families = Counter()
    for (name, _), cost in costs.own.items():
        families[family_of(name, costs.binary)] += cost
    print("Instructions of the program, without the kernel's, by where they are spent\n")
    rig.print_table(["object", "instructions", "share"],
                    [[family, f"{cost:,}", f"{cost / costs.total():.1%}"]
                     for family, cost in families.most_common()])


def print_functions(costs, most=15):
    ours = Counter({function: cost for (name, function), cost in costs.own.items()
                    if name.endswith(costs.binary)})
    print(f"\nThe {most} functions of our binary that spend most themselves\n")
    rig.print_table(["function", "share"],
                    [[f"`{function[:90]}`".replace("|", "\\|"), f"{cost / costs.total():.2%}"]
                     for function, cost in ours.most_common(most)])
    print("\nWhat our binary calls in libc and libstdc++ that spends most\n")
    rig.print_table(["function", "share"],
                    [[f"`{function[:90]}`".replace("|", "\\|"), f"{cost / costs.total():.2%}"]
                     for function, cost in costs.by_servant.most_common(8)])


def print_conclusion(costs, spent):
    own = costs.of_us() / costs.total()
    caused = (costs.of_us() + costs.charged_to_us) / costs.total()
    user = spent.user / spent.cpu
    print(f"\nOwn share of instructions: {own:.1%}; with what it calls in libc and libstdc++: "
          f"{caused:.1%}. Of the CPU time, kernel included ({1 - user:.0%} of it): about "
          f"{own * user:.1%} and {caused * user:.1%}.")
    print(f"Below a fifth of the total: {rig.verdict(own < OWN_LIMIT)}")

# shellcheck shell=bash
# What the action hears from its workflow and tells GitHub, for its scripts to source. Text
# from outside (file names, inputs) goes through escape_*, so that it cannot become a command
# of its own.

# A list with commas, spaces or line breaks as words with one space between them.
words_of() { tr -s ', \n' ' ' <<< "$1"; }

escape_message() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}

escape_property() {
  local text
  text=$(escape_message "$1")
  text=${text//:/%3A}
  printf '%s' "${text//,/%2C}"
}

# annotate notice|warning|error TITLE MESSAGE [FILE]
annotate() {
  local place=
  [ -z "${4-}" ] || place="file=$(escape_property "$4"),"
  printf '::%s %stitle=%s::%s\n' "$1" "$place" "$(escape_property "$2")" "$(escape_message "$3")"
}

# output NAME VALUE: an output of this step, whatever the value holds.
output() {
  local end
  end="end-of-$1-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >> "$GITHUB_OUTPUT"
}

# The user's mistake: nothing was sent.
refuse() {
  annotate error "loadgate" "$1"
  output verdict bad-input
  output exit-code 64
  exit 64
}

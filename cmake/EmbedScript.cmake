# Run by loadgate_embed: writes FILES as raw string literals, in pieces, because a
# literal may be at most 64 kB long.
file(WRITE ${HEADER} "#pragma once\n#include <span>\n#include <string_view>\nnamespace loadgate::embedded {\nstd::string_view ${NAME}(std::string_view file);\nstd::string_view ${NAME}_sha256(std::string_view file);\nstd::span<const std::string_view> ${NAME}_files();\n}\n")
set(text "#include \"embedded_${NAME}.h\"\n#include <string>\nnamespace loadgate::embedded {\nstd::string_view ${NAME}(std::string_view file) {\n")
foreach(file IN LISTS FILES)
  get_filename_component(base ${file} NAME)
  file(READ ${file} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
  # One short literal a row of 64 bytes: adjacent literals join.
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?)" "\"\\1\"\n" content "${content}")
  file(SIZE ${file} size)
  file(SHA256 ${file} hash)
  string(APPEND hashes "  if (file == \"${base}\") return \"${hash}\";\n")
  string(APPEND names "\"${base}\", ")
  string(APPEND text "  if (file == \"${base}\") {\n    static constexpr const char bytes[] =\n${content}\"\";\n    return {bytes, ${size}};\n  }\n")
endforeach()
string(APPEND text "  return {};\n}\nstd::string_view ${NAME}_sha256(std::string_view file) {\n${hashes}  return {};\n}\nstd::span<const std::string_view> ${NAME}_files() {\n  static constexpr std::string_view names[] = {${names}};\n  return names;\n}\n}\n")
file(WRITE ${SOURCE} "${text}")

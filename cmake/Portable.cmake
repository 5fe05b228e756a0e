# LOADGATE_PORTABLE: one binary for Debian 12 and Ubuntu 24.04.
#
# Libraries that have another name or none on the other system are linked statically. curl,
# GnuTLS, zlib and the C++ library stay shared: both systems have them under the same name,
# and keep them secure.

function(loadgate_find_static out name)
  find_library(LOADGATE_STATIC_${name} NAMES lib${name}.a REQUIRED)
  set(${out} ${LOADGATE_STATIC_${name}} PARENT_SCOPE)
endfunction()

loadgate_find_static(yaml_cpp yaml-cpp)
loadgate_find_static(re2 re2)
loadgate_find_static(microhttpd microhttpd)
find_library(GNUTLS NAMES gnutls REQUIRED)

set_target_properties(yaml-cpp PROPERTIES IMPORTED_LOCATION_NONE ${yaml_cpp})
set_target_properties(PkgConfig::RE2 PROPERTIES INTERFACE_LINK_LIBRARIES "${re2};Threads::Threads")
set_target_properties(PkgConfig::MICROHTTPD PROPERTIES
  INTERFACE_LINK_LIBRARIES "${microhttpd};${GNUTLS};Threads::Threads")
set_target_properties(pugixml::pugixml PROPERTIES INTERFACE_LINK_LIBRARIES pugixml::static)

# Debian has no static fmt: it is compiled in, and its shared library is needed no more.
set_target_properties(fmt::fmt PROPERTIES INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY=1)
add_link_options(-Wl,--as-needed)

# Every third-party package, from apt; scripts/install-dependencies lists the same.
# Each is linked by one folder of src (nlohmann/json and fmt by few).

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(CURL REQUIRED)
find_package(pugixml REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
find_path(EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
find_path(MUSTACHE_INCLUDE NAMES mustache.hpp PATH_SUFFIXES kainjow REQUIRED)
find_path(BOOST_MATH_INCLUDE boost/math/distributions/students_t.hpp REQUIRED)
find_file(DYGRAPHS_SCRIPT dygraph.min.js PATHS /usr/share/javascript/dygraphs REQUIRED)

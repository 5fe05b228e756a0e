# What is installed, and the packages that scripts/release makes of it: a tar.gz and a .deb
# of the same files. CPack takes the binary as it was built; nothing is built again.

include(GNUInstallDirs)

install(TARGETS loadgate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# Man page, completions and documents are written at that moment.
install(CODE "
  set(BINARY \"$<TARGET_FILE:loadgate>\")
  set(LICENSE \"${PROJECT_SOURCE_DIR}/LICENSE\")
  set(SBOM \"${PROJECT_SOURCE_DIR}/scripts/sbom\")
  set(BUILD \"${PROJECT_BINARY_DIR}\")
  set(VERSION \"${PROJECT_VERSION}\")
  set(RELEASED \"${LOADGATE_DATE}\")
  set(PREFIX \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  include(\"${PROJECT_SOURCE_DIR}/cmake/InstallTexts.cmake\")
")

# As dpkg calls it, which is how the names of packages end.
execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE debian_architecture
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME loadgate)
set(CPACK_PACKAGE_VENDOR "the loadgate authors")
set(CPACK_PACKAGE_CONTACT "the loadgate authors <maintainers@loadgate.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "performance gate for pull requests")
set(CPACK_PACKAGE_DESCRIPTION
  "loadgate reads a test plan, puts its load on an HTTP service, and says
whether the service is fast enough: against the limits of the plan, against
stored runs, or against another build that runs beside it under the same load.
.
The verdict is an exit code, a page on the terminal, and JSON, JUnit and HTML
files for CI systems.")
set(CPACK_PACKAGE_FILE_NAME loadgate-${PROJECT_VERSION}-linux-${debian_architecture})
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

include(CPack)

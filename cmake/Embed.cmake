# loadgate_embed(TARGET NAME FILES …)
#
# Compiles files into TARGET as `std::string_view embedded::NAME(std::string_view file)`,
# declared in the generated header embedded_NAME.h; an unknown file gives an empty view.
# `embedded::NAME_files()` lists their names; `embedded::NAME_sha256(file)` is the hash of one,
# hexadecimal.
function(loadgate_embed target name)
  cmake_parse_arguments(EMBED "" "" "FILES" ${ARGN})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.h)
  add_custom_command(
    OUTPUT ${source} ${header}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DSOURCE=${source} -DHEADER=${header} "-DFILES=${EMBED_FILES}"
            -P ${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake
    DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()

# How every target of ours is compiled: language, warnings, sanitizers, ccache, lld.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()

add_library(standard_settings INTERFACE)
target_include_directories(standard_settings INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(standard_settings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor)
if(LOADGATE_WERROR)
  target_compile_options(standard_settings INTERFACE -Werror)
endif()

if(LOADGATE_SANITIZE)
  add_compile_options(-fsanitize=${LOADGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LOADGATE_SANITIZE})
endif()

# GCC 12 takes moved variants for uninitialized when it optimizes much or sanitizes.
if(LOADGATE_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

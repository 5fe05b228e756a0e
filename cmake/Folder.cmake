# loadgate_folder(NAME SOURCES … [USES …] [LIBRARIES …])
#
# One static library for a folder of src. USES names our folders that this one may
# include (lower layers only), so a wrong #include also fails to link; LIBRARIES
# are third-party packages that only this folder sees.
function(loadgate_folder name)
  cmake_parse_arguments(FOLDER "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(loadgate_${name} STATIC ${FOLDER_SOURCES})
  list(TRANSFORM FOLDER_USES PREPEND loadgate_)
  target_link_libraries(loadgate_${name} PUBLIC standard_settings ${FOLDER_USES} PRIVATE ${FOLDER_LIBRARIES})
endfunction()

# loadgate_unit_test(FOLDER SOURCES … [LIBRARIES …])
#
# The test binary of one folder: it links that folder and tests/support, so a test
# cannot reach above the layer it tests.
function(loadgate_unit_test folder)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(unit_${folder} ${TEST_SOURCES})
  target_link_libraries(unit_${folder} PRIVATE loadgate_${folder} ${TEST_LIBRARIES} GTest::gmock GTest::gtest_main)
  target_include_directories(unit_${folder} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(unit_${folder} PRIVATE LOADGATE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(unit_${folder} TEST_PREFIX "${folder}." PROPERTIES LABELS unit TIMEOUT 60)
endfunction()

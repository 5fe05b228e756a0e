# Run while loadgate is installed: BINARY writes its man page and completions below PREFIX;
# copyright and changelog stand where Debian's packages have them, and beside them the notices
# of what was compiled in.

function(write_from_binary file)
  cmake_path(GET file PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND ${BINARY} ${ARGN} OUTPUT_FILE ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Without name and time, so that the same release has the same bytes.
function(compress file)
  execute_process(COMMAND gzip -9 -n -f ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(share ${PREFIX}/share)
write_from_binary(${share}/man/man1/loadgate.1 man)
compress(${share}/man/man1/loadgate.1)
write_from_binary(${share}/bash-completion/completions/loadgate completion bash)
write_from_binary(${share}/zsh/vendor-completions/_loadgate completion zsh)
write_from_binary(${share}/fish/vendor_completions.d/loadgate.fish completion fish)

set(doc ${share}/doc/loadgate)
file(READ ${LICENSE} license)
string(REGEX REPLACE "^MIT License\n+(Copyright[^\n]*)\n+" "" license "${license}")
set(holder "${CMAKE_MATCH_1}")
string(REPLACE "Copyright (c) " "" holder "${holder}")
string(STRIP "${license}" license)
string(REPLACE "\n\n" "\n.\n" license "${license}")
string(REPLACE "\n" "\n " license "${license}")
file(WRITE ${doc}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: loadgate

Files: *
Copyright: ${holder}
License: Expat
 ${license}
")

# Their licences want to be shown with what was made of them.
execute_process(COMMAND ${SBOM} --notices ${BUILD} OUTPUT_FILE ${doc}/third-party-notices
  COMMAND_ERROR_IS_FATAL ANY)
compress(${doc}/third-party-notices)

# The day of the release, as date -R writes it.
execute_process(COMMAND date -u -R -d ${RELEASED} OUTPUT_VARIABLE date
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${doc}/changelog
"loadgate (${VERSION}) unstable; urgency=medium

  * Release ${VERSION}; CHANGELOG.md in the source says what is new.

 -- the loadgate authors <maintainers@loadgate.example>  ${date}
")
compress(${doc}/changelog)

# Compiles SOURCE without writing anything and judges the outcome by EXPECT (fail or pass).
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C ${COMPILER} -std=c++20 -Wall -Wextra -Wconversion -Werror -fsyntax-only
          -I ${ROOT} ${SOURCE}
  RESULT_VARIABLE status
  OUTPUT_VARIABLE output
  ERROR_VARIABLE output)
if(EXPECT STREQUAL pass)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "this must compile:\n${output}")
  endif()
  return()
endif()
if(status EQUAL 0)
  message(FATAL_ERROR "this must not compile: ${SOURCE}")
endif()
file(STRINGS ${SOURCE} first LIMIT_COUNT 1)
string(REGEX REPLACE "^// refused: " "" words "${first}")
if(words STREQUAL first)
  message(FATAL_ERROR "the first line of ${SOURCE} is not '// refused: <words of the error>'")
endif()
if(NOT output MATCHES "${words}")
  message(FATAL_ERROR "refused, but not for '${words}':\n${output}")
endif()

# SPDX-License-Identifier: EUPL-1.2
# node_test(<label> <name> <file> <seconds>): a file of Node's test runner against the running copy.
# REGIE_LAW is the program that replays the decisions which the copy kept.
function(node_test label name file seconds)
	add_test(NAME ${label}.${name} COMMAND ${NODE} --test ${file} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
	set_tests_properties(${label}.${name} PROPERTIES LABELS ${label} FIXTURES_REQUIRED copy
		RESOURCE_LOCK copy TIMEOUT ${seconds} ENVIRONMENT
		"${COPY_ENVIRONMENT};REGIE_LAW=$<TARGET_FILE:regie-law>")
endfunction()

# SPDX-License-Identifier: EUPL-1.2
# regie_service(<folder>): one binary regie-<folder> from the files that every service has.
# Sources: every .c (and .cpp) in the folder. queries.sql becomes <name>_queries.h (enum query)
# and <name>_queries.c (table of statements), where - in the name becomes _.
function(regie_service name)
	string(REPLACE "-" "_" ident ${name})
	file(GLOB sources CONFIGURE_DEPENDS *.c *.cpp)
	set(target regie-${name})
	if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/queries.sql)
		set(out ${CMAKE_CURRENT_BINARY_DIR}/${ident}_queries)
		set(sql ${CMAKE_SOURCE_DIR}/common/app/queries.sql ${CMAKE_CURRENT_SOURCE_DIR}/queries.sql)
		add_custom_command(OUTPUT ${out}.c ${out}.h
			COMMAND awk -v ident=${ident} -v out=${out} -f ${CMAKE_SOURCE_DIR}/cmake/queries.awk ${sql}
			DEPENDS ${sql} ${CMAKE_SOURCE_DIR}/cmake/queries.awk VERBATIM)
		list(APPEND sources ${out}.c ${out}.h)
	endif()
	add_executable(${target} ${sources})
	target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR})
	target_link_libraries(${target} PRIVATE rules app law)
	install(TARGETS ${target} DESTINATION bin)
	if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/schema)
		install(DIRECTORY schema/ DESTINATION share/schema/${ident} FILES_MATCHING PATTERN "*.sql")
	endif()
endfunction()

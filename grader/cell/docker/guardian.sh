#!/bin/sh
# Removes the containers and volumes of a grader that was killed. Reads the name of its run from
# stdin, then waits for either "done" or the end of the pipe, which is the end of the grader.
IFS= read -r run || exit 0
[ ${#run} -ge 8 ] || exit 1
trap '' HUP INT TERM
read -r word && [ "$word" = done ] && exit 0

# More than once: a container may be in the making, or on its way out.
for round in 1 2 3 4 5 6 7 8 9 10; do
  containers=$(docker ps --all --quiet --filter "label=wiregrade.run=$run")
  volumes=$(docker volume ls --quiet --filter "label=wiregrade.run=$run")
  [ -z "$containers$volumes" ] && [ "$round" -gt 2 ] && exit 0
  [ -z "$containers" ] || docker rm --force --volumes $containers
  [ -z "$volumes" ] || docker volume rm --force $volumes
done >/dev/null 2>&1

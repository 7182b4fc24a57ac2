#!/bin/sh
# Ends what a killed grader left behind. Reads the mark and the folder from stdin, then waits for
# either "done" or the end of the pipe, which is the end of the grader.
IFS= read -r mark || exit 0
IFS= read -r folder || exit 0
# A short mark may be anybody's, and an empty one is everybody's: what carries it is killed.
[ ${#mark} -ge 8 ] || exit 1
trap '' HUP INT TERM
read -r word && [ "$word" = done ] && exit 0

marked() {
  if [ -r /proc/self/environ ]; then
    grep -alF -e "$mark" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
    for process in /proc/[0-9]*; do
      case $(readlink "$process/cwd" 2>/dev/null) in "$folder"/*) echo "${process#/proc/}" ;; esac
    done
  else
    ps axeww -o pid=,command= | grep -F -e "$mark" | grep -v -e 'grep -F' | awk '{ print $1 }'
  fi
}

# More than once: a process may start another just before it is killed.
for round in 1 2 3 4 5 6 7 8 9 10; do
  pids=$(marked)
  [ -n "$pids" ] || break
  kill -9 $pids 2>/dev/null
done

case $folder in
  */wiregrade-*)
    rm -rf -- "$folder" 2>/dev/null && exit 0
    chmod -R u+rwX "$folder" 2>/dev/null
    rm -rf -- "$folder"
    ;;
esac

#!/bin/sh
# http_serve5 in the shell: all of HTTP is here. For each client, this script is started anew, with
# the connection as its stdin and its stdout.
#
# Differs: no more than the socket is in another language. Every client has a process of its own.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
web=$(cd "$here/../web" && pwd -P)

reply() { # status, media type, file
  printf 'HTTP/1.1 %s\r\nContent-Type: %s\r\n' "$1" "$2"
  printf 'Content-Length: %d\r\nConnection: close\r\n\r\n' "$(wc -c < "$3")"
  cat -- "$3"
}

say() { # status
  printf 'HTTP/1.1 %s\r\nContent-Type: text/plain\r\n' "$1"
  printf 'Content-Length: %d\r\nConnection: close\r\n\r\n%s\n' "$((${#1} + 1))" "$1"
}

list() { # directory
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n'
  ls -p -- "$1"
}

media_type() { # file
  case $1 in
    *.html) echo text/html ;;
    *.txt) echo text/plain ;;
    *.jpg | *.jpeg) echo image/jpeg ;;
    *.png) echo image/png ;;
    *) echo application/octet-stream ;;
  esac
}

decode() { # path
  # The shell's own printf knows no \x, but every one knows octal numbers.
  printf '%s' "$1" | perl -pe 's/\\/\\\\/g; s/%([0-9A-Fa-f]{2})/sprintf "\\0%03o", hex $1/ge'
}

answer() { # method, uri, version
  case ${3-} in
    HTTP/1.[01]) ;;
    *) say '400 Bad Request'; return ;;
  esac
  if [ "$1" != GET ]; then
    say '501 Not Implemented'
    return
  fi
  printf '%s\n' "$2" >&2
  name=$(printf '%b' "$(decode "${2%%\?*}")")
  target=$(realpath -e -- "$web/$name" 2>/dev/null) || { say '404 Not Found'; return; }
  case $target/ in
    "$web"/*) ;;
    *) say '404 Not Found'; return ;;
  esac
  if [ -d "$target" ]; then list "$target"; else reply '200 OK' "$(media_type "$target")" "$target"; fi
}

if [ "${1-}" = --client ]; then
  IFS=' ' read -r method uri version || exit 0
  cr=$(printf '\r')
  while IFS= read -r header && [ "${header%"$cr"}" != '' ]; do :; done
  answer "$method" "${uri-}" "${version%"$cr"}"
  exit
fi

exec perl -MIO::Socket::INET -e '
  my ($port, $script) = @ARGV;
  my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 50, ReuseAddr => 1) or die $@;
  $SIG{CHLD} = "IGNORE";
  while (1) {
    my $client = $server->accept or next;
    unless (fork) {
      $SIG{CHLD} = "DEFAULT";
      open STDIN, "<&", $client;
      open STDOUT, ">&", $client;
      exec "sh", $script, "--client";
    }
  }
' "${PORT:-${1:-50000}}" "$0"

import type { RealServer } from '../../../grader/lab/index.ts';

// Servers that millions rely on must pass whatever they do as the assignment asks. Each script is
// started in the folder that holds web/, and keeps what it writes in a folder of its own there.

const STAGES = ['http_serve5', 'athome'];
const NO_OWN_FILE = "brings no text file of a student's own";

/** No server of the world has this page, and none brings a file of its own. */
const EVERY: RealServer['departs'] = [
  { check: 'athome/time-page', code: 'wrong-status', why: 'has no page /time-page' },
  { check: 'athome/own-text-file', code: 'no-own-file', why: NO_OWN_FILE },
];

/** Without an index.html, a folder is a name that it does not know. */
const NO_LISTINGS: RealServer['departs'] = [
  { check: 'http_serve5/still-lists', code: 'wrong-status', why: 'lists no folders by itself' },
  { check: 'athome/html-listing', code: 'wrong-status', why: 'lists no folders by itself' },
  ...EVERY,
];

/** It is meant for the desk of a developer, and waits for each client to leave. */
const ONE_AT_A_TIME: RealServer['departs'][number] = {
  check: 'http_serve5/many-clients',
  code: 'silent',
  why: 'serves one client at a time',
};

/** The media types of the files in web/, for a server that is born without any. */
const MIME_TYPES = 'text/html html\ntext/plain txt\nimage/jpeg jpg jpeg\nimage/png png';

/** A server whose departures are still to be said. */
type Unjudged = Omit<RealServer, 'departs'>;

function command(name: string, needed: string, script: RealServer['script']): Unjudged {
  return { name, needs: { command: needed }, stages: STAGES, script };
}

function packages(name: string, needed: readonly string[], script: RealServer['script']): Unjudged {
  return { name, needs: { packages: needed }, stages: STAGES, script };
}

const nginx = command(
  'nginx with autoindex',
  'nginx',
  (found) => `
mkdir -p "state-$1"
cat > "state-$1/nginx.conf" <<END
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path temp; proxy_temp_path temp;
  fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
  types { text/html html; text/plain txt; image/jpeg jpg jpeg; image/png png; }
  server { listen 127.0.0.1:$1; root $PWD/web; autoindex on; }
}
END
exec "${found}" -p "$PWD/state-$1" -e error.log -c nginx.conf`,
);

// Root must become someone else, who may not go the way to here: hence chmod and /proc/self/cwd.
const apache = command(
  'Apache httpd with mod_autoindex',
  'apache2',
  (found) => `
modules=/usr/lib/apache2/modules
state="$PWD/state-$1"
mkdir -p "$state"
cat > "$state/mime.types" <<END
${MIME_TYPES}
END
cat > "$state/apache.conf" <<END
ServerRoot "$state"
ServerName 127.0.0.1
Listen 127.0.0.1:$1
PidFile "$state/apache.pid"
DefaultRuntimeDir "$state"
ErrorLog "$state/error.log"
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule mime_module $modules/mod_mime.so
LoadModule dir_module $modules/mod_dir.so
LoadModule autoindex_module $modules/mod_autoindex.so
TypesConfig "$state/mime.types"
User www-data
Group www-data
DocumentRoot /proc/self/cwd
<Directory />
  Options Indexes FollowSymLinks
  Require all granted
</Directory>
END
cd web
chmod -R a+rX .
exec "${found}" -f "$state/apache.conf" -D FOREGROUND`,
);

const lighttpd = command(
  'lighttpd with dir-listing',
  'lighttpd',
  (found) => `
mkdir -p "state-$1"
cat > "state-$1/lighttpd.conf" <<END
server.document-root = "$PWD/web"
server.bind = "127.0.0.1"
server.port = $1
server.upload-dirs = ("$PWD/state-$1")
server.errorlog = "$PWD/state-$1/error.log"
server.modules = ("mod_dirlisting")
dir-listing.activate = "enable"
mimetype.assign = (".html" => "text/html", ".txt" => "text/plain",
  ".jpg" => "image/jpeg", ".jpeg" => "image/jpeg", ".png" => "image/png")
END
exec "${found}" -D -f "state-$1/lighttpd.conf"`,
);

const h2o = command(
  'h2o with dirlisting',
  'h2o',
  (found) => `
mkdir -p "state-$1"
cat > "state-$1/h2o.conf" <<END
num-threads: 2
pid-file: $PWD/state-$1/h2o.pid
error-log: $PWD/state-$1/error.log
$(test "$(id -u)" -ne 0 || echo 'user: root')
listen: { host: 127.0.0.1, port: $1 }
hosts:
  default:
    paths:
      /: { file.dir: "$PWD/web", file.dirlisting: ON }
END
exec "${found}" -m worker -c "state-$1/h2o.conf"`,
);

const caddy = command(
  'caddy file-server --browse',
  'caddy',
  (found) => `
export XDG_CONFIG_HOME="$PWD/state-$1" XDG_DATA_HOME="$PWD/state-$1"
exec "${found}" file-server --browse --root web --listen "127.0.0.1:$1"`,
);

const webfsd = command(
  'webfsd',
  'webfsd',
  (found) => `
mkdir -p "state-$1"
cat > "state-$1/mime.types" <<END
${MIME_TYPES}
END
exec "${found}" -F -4 -i 127.0.0.1 -p "$1" -r "$PWD/web" -m "$PWD/state-$1/mime.types"`,
);

const miniHttpd = command(
  'mini_httpd',
  'mini_httpd',
  (found) => `exec "${found}" -D -h 127.0.0.1 -p "$1" -d "$PWD/web" -u "$(id -un)" -l /dev/null`,
);

const civetweb = command(
  'civetweb',
  'civetweb',
  (found) => `exec "${found}" -listening_ports "127.0.0.1:$1" -document_root "$PWD/web"`,
);

const busybox = command(
  'busybox httpd, which has no listings',
  'busybox',
  (found) => `exec "${found}" httpd -f -p "127.0.0.1:$1" -h web`,
);

const python = command(
  'python3 -m http.server',
  'python3',
  (found) => `exec "${found}" -m http.server "$1" --bind 127.0.0.1 --directory web`,
);

const twisted = command(
  'twist web, of Twisted',
  'twist3',
  (found) => `exec "${found}" web --path web --listen "tcp:$1:interface=127.0.0.1"`,
);

const webrick = command(
  'ruby -run -e httpd, which is WEBrick',
  'ruby',
  (found) => `exec "${found}" -run -e httpd -- --bind-address=127.0.0.1 --port="$1" web`,
);

const plack = command(
  'plackup with Plack::App::Directory',
  'plackup',
  (found) => `exec "${found}" --host 127.0.0.1 --port "$1" -M Plack::App::Directory \\
  -e 'Plack::App::Directory->new(root => "web")->to_app'`,
);

const httpServer = packages(
  'http-server, of npm',
  ['http-server'],
  (found) => `exec node "${found}/http-server/bin/http-server" web -a 127.0.0.1 -p "$1"`,
);

const express = packages(
  'express with serve-index',
  ['express', 'serve-index'],
  (found) => `
exec node -e '
const [, modules, port] = process.argv;
const express = require(modules + "/express");
const serveIndex = require(modules + "/serve-index");
const app = express();
app.use(express.static("web"), serveIndex("web"));
app.listen(Number(port), "127.0.0.1");
' "${found}" "$1"`,
);

const serve = packages(
  'serve, of npm',
  ['serve'],
  (found) => `
mkdir -p "state-$1"
echo '{ "cleanUrls": false }' > "state-$1/serve.json"
export NO_UPDATE_CHECK=1
exec node "${found}/serve/build/main.js" -l "tcp://127.0.0.1:$1" --no-port-switching \\
  -c "$PWD/state-$1/serve.json" web`,
);

// Its own command, sirv-cli, tries the port first: it listens there, and leaves for a moment.
const sirv = packages(
  'sirv, which has no listings',
  ['sirv'],
  (found) => `
exec node -e 'require("http").createServer(require("${found}/sirv")("web"))
  .listen(process.argv[1], "127.0.0.1")' "$1"`,
);

const LISTING = [
  ...[nginx, apache, lighttpd, h2o, caddy, webfsd, miniHttpd, civetweb],
  ...[python, twisted, webrick, httpServer, express, serve],
];

export const realServers: readonly RealServer[] = [
  ...LISTING.map((server) => ({ ...server, departs: EVERY })),
  { ...plack, departs: [ONE_AT_A_TIME, ...EVERY] },
  ...[busybox, sirv].map((server) => ({ ...server, departs: NO_LISTINGS })),
];

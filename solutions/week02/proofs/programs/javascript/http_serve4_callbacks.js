// http_serve4 in CommonJS, with node's callbacks and a promise around them.
//
// Differs: resolveUri is asynchronous. The listing is an HTML table without a single link, and names
// are numbered. For what it cannot show, the server says 403 and 404.
const fs = require('fs');
const net = require('net');
const path = require('path');
const { promisify } = require('util');

const web = path.resolve(__dirname, '..', 'web');

function okResponse(body, type) {
  return response('200 OK', body, type || 'text/html; charset=UTF-8');
}

function notFoundResponse() {
  return response('404 Not Found', 'Sorry, there is no such thing here.\n', 'text/plain');
}

function clientErrorResponse(status) {
  return response(status || '400 Bad Request', 'What do you mean?\n', 'text/plain');
}

function response(status, body, type) {
  const bytes = Buffer.from(body);
  const lines = ['HTTP/1.1 ' + status, 'Server: mine', 'Content-Type: ' + type];
  lines.push('Content-Length: ' + bytes.length, 'Connection: Close', '', '');
  return Buffer.concat([Buffer.from(lines.join('\r\n')), bytes]);
}

function parseRequest(request) {
  const match = request.match(/^GET (\/[^ ]*) HTTP\/1\.[01]\r\n/);
  if (!match) throw new Error('cannot understand ' + JSON.stringify(request.slice(0, 40)));
  return match[1];
}

function failWith(code, callback) {
  callback(Object.assign(new Error(code), { code }));
}

function list(uri, callback) {
  let name;
  try {
    name = decodeURIComponent(uri.replace(/\?.*/, ''));
  } catch {
    return failWith('ENOENT', callback);
  }
  const directory = path.join(web, name);
  if (directory.indexOf(web) !== 0 || name.indexOf('\0') >= 0) return failWith('ENOENT', callback);
  fs.readdir(directory, function (error, names) {
    if (error) return callback(error);
    const rows = names.map(function (each, index) {
      const shown = each.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/ /g, '&nbsp;');
      return '<tr><th>' + (index + 1) + '.<td>' + shown;
    });
    callback(null, okResponse('<!doctype html><title>List</title><table>' + rows.join('\n')));
  });
}

const resolveUri = promisify(list);

function answer(request, callback) {
  let uri;
  try {
    uri = parseRequest(request);
  } catch (error) {
    console.error(error.message);
    return callback(clientErrorResponse());
  }
  console.log(uri);
  list(uri, function (error, listing) {
    if (!error) return callback(listing);
    if (error.code === 'ENOTDIR') return callback(clientErrorResponse('403 Forbidden'));
    callback(notFoundResponse());
  });
}

const server = net.createServer(function (socket) {
  let request = '';
  socket.on('data', function listen(data) {
    request += data;
    if (!request.includes('\r\n\r\n')) return;
    socket.off('data', listen).resume();
    answer(request, socket.end.bind(socket));
  });
  socket.on('error', console.error);
  socket.setTimeout(10000, socket.destroy);
});

if (require.main === module) server.listen(process.env.PORT || process.argv[2] || 50000, '::');

module.exports.okResponse = okResponse;
module.exports.parseRequest = parseRequest;
module.exports.resolveUri = resolveUri;
module.exports.notFoundResponse = notFoundResponse;

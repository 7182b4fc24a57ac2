// http_serve2 as JavaScript was before 2015: var, prototypes, callbacks, no semicolon saved.
//
// Differs: header names are in lower case, the head and the body are written one after the other,
// and the file is read anew, with a callback, for each client.
'use strict';

var fs = require('fs');
var net = require('net');
var path = require('path');

var PAGE = path.join(__dirname, '..', 'tiny_html.html');

function Response(body) {
  this.body = Buffer.from(body);
  this.fields = {};
}

Response.prototype.set = function (name, value) {
  this.fields[name] = value;
  return this;
};

Response.prototype.head = function () {
  var lines = ['HTTP/1.1 200 OK'];
  for (var name in this.fields) {
    if (Object.prototype.hasOwnProperty.call(this.fields, name)) {
      lines.push(name + ': ' + this.fields[name]);
    }
  }
  return lines.join('\r\n') + '\r\n\r\n';
};

function makeResponse(body) {
  var response = new Response(body);
  return response
    .set('date', new Date().toGMTString())
    .set('content-type', 'Text/HTML; Charset="utf-8"')
    .set('content-length', response.body.length)
    .set('connection', 'close');
}

exports.okResponse = function okResponse(body) {
  var response = makeResponse(body);
  return Buffer.concat([Buffer.from(response.head(), 'ascii'), response.body]);
};

function onConnection(socket) {
  var request = '';
  function onData(chunk) {
    request += chunk.toString('binary');
    if (request.indexOf('\r\n\r\n') === -1) return;
    socket.removeListener('data', onData);
    socket.resume();
    fs.readFile(PAGE, function (error, page) {
      if (error) return socket.destroy(error);
      var response = makeResponse(page);
      socket.write(response.head(), function () {
        socket.end(response.body);
      });
    });
  }
  socket.on('data', onData);
  socket.on('error', function (error) {
    console.warn(error.message);
  });
}

if (require.main === module) {
  net.createServer(onConnection).listen(process.argv[2] || process.env.PORT || 50000);
}

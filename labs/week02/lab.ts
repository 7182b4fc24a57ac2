import { lab } from '../../grader/lab/index.ts';
import athome from './athome/checks.ts';
import echoServer from './echo_server/checks.ts';
import httpServe1 from './http_serve1/checks.ts';
import httpServe2 from './http_serve2/checks.ts';
import httpServe3 from './http_serve3/checks.ts';
import httpServe4 from './http_serve4/checks.ts';
import httpServe5 from './http_serve5/checks.ts';

export default lab('week02', 'an HTTP server from raw sockets', {
  stages: [echoServer, httpServe1, httpServe2, httpServe3, httpServe4, httpServe5, athome],
  assets: ['tiny_html.html', 'web', 'athome/web'],
});

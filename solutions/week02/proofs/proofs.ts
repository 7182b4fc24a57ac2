import type { Proofs } from '../../../grader/lab/index.ts';
import { athome } from './mutants/athome.ts';
import { echoServer } from './mutants/echo_server.ts';
import { httpServe1 } from './mutants/http_serve1.ts';
import { httpServe2Body } from './mutants/http_serve2-body.ts';
import { httpServe2 } from './mutants/http_serve2.ts';
import { httpServe3Requests } from './mutants/http_serve3-requests.ts';
import { httpServe3 } from './mutants/http_serve3.ts';
import { httpServe4 } from './mutants/http_serve4.ts';
import { httpServe5 } from './mutants/http_serve5.ts';
import { listening } from './mutants/listening.ts';
import { realServers } from './real-servers.ts';

const proofs: Proofs = {
  mutantsPerCheck: 2,
  mutants: [
    ...echoServer,
    ...httpServe1,
    ...httpServe2,
    ...httpServe2Body,
    ...httpServe3,
    ...httpServe3Requests,
    ...httpServe4,
    ...httpServe5,
    ...athome,
    ...listening,
  ],
  equivalents: [],
  realServers,
};

export default proofs;

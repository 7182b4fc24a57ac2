import type { Mutant } from '../../../../grader/lab/index.ts';
import { athome } from './athome.ts';
import { echoServer } from './echo_server.ts';
import { httpServe1 } from './http_serve1.ts';
import { httpServe2Body } from './http_serve2-body.ts';
import { httpServe2 } from './http_serve2.ts';
import { httpServe3Requests } from './http_serve3-requests.ts';
import { httpServe3 } from './http_serve3.ts';
import { httpServe4 } from './http_serve4.ts';
import { httpServe5 } from './http_serve5.ts';
import { listening } from './listening.ts';

export const mutants: readonly Mutant[] = [
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
];

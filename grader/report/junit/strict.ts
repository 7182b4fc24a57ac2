import type { LabResult, StageResult } from '../../model/result.ts';
import { showLine } from '../show-text.ts';
import { countOutcomes, describeOutcome, nameTestcase, printRemarks, seconds } from './testcase.ts';
import { writeXml, type XmlElement } from './write-xml.ts';

/**
 * JUnit XML for readers that hold it to a strict schema: no attribute and no element but those that
 * all such schemas know, every one that any of them asks for, and one outcome a test case.
 */
export function renderStrictJunit(result: LabResult): string {
  return writeXml({
    name: 'testsuites',
    children: result.stages.map((stage, index) => writeSuite(result, stage, index)),
  });
}

function writeSuite(result: LabResult, stage: StageResult, index: number): XmlElement {
  const { lab, startedAt } = result;
  const [output = EMPTY] = printRemarks(stage.checks);
  const cases = stage.checks.map((check) => ({
    name: 'testcase',
    attributes: nameTestcase(result, stage, check),
    children: describeOutcome(lab, check),
  }));
  return {
    name: 'testsuite',
    attributes: {
      id: index,
      name: showLine(stage.id),
      package: showLine(lab),
      hostname: 'localhost',
      // In UTC, but a time zone is not allowed to be said, nor a fraction of a second.
      timestamp: startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length),
      ...countOutcomes(cases),
      time: seconds(stage.durationMs),
    },
    children: [{ name: 'properties' }, ...cases, output, { name: 'system-err' }],
  };
}

const EMPTY: XmlElement = { name: 'system-out' };

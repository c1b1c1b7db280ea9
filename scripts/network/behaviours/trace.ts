import { behaviour, type Topic } from '../behaviour.ts'

const TRACE = 'terminal/commands/trace.test.ts'

export const trace: Topic = {
  title: 'The trace',
  behaviours: [
    behaviour(
      '`trace` runs a command, lists its hops and ends in the cause',
      `${TRACE} › runs the command, lists the hops and ends in the cause`,
    ),
  ],
}

/** Names every mistake in content/ with its file and line: the build begins with it. */
import { findMistakes } from '../curriculum/mistakes/index.ts'

const mistakes = await findMistakes()
for (const { message } of mistakes) console.error(message)
if (mistakes.length > 0) {
  console.error(`${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'} in content/.`)
  process.exit(1)
}

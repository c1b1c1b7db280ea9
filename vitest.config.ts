import { defineConfig } from 'vitest/config'

/** Folders whose modules hold no state of their own: their tests may share what was loaded. */
const STATELESS = ['emulator', 'terminal', 'components', 'curriculum']
const OTHERS = ['server', 'scripts']

const testsIn = (folders: readonly string[]) => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`)

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    // By default one core would be left idle, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'stateless', include: testsIn(STATELESS), isolate: false } },
      { extends: true, test: { name: 'others', include: testsIn(OTHERS) } },
    ],
  },
})

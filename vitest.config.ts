import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{emulator,terminal,curriculum,server,components,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
    // By default one core would be left idle, which is half of a small machine.
    maxWorkers: '100%',
  },
})

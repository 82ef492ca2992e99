import fc from 'fast-check'

/** Every run draws the same values, so that a test which fails can be run again; another SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_122) })

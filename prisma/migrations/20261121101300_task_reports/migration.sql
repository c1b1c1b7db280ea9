-- CreateTable
CREATE TABLE "TaskReport" (
    "number" SERIAL NOT NULL,
    "learnerId" UUID NOT NULL,
    "exercise" VARCHAR(100) NOT NULL,
    "seed" VARCHAR(64) NOT NULL,
    "locale" VARCHAR(2) NOT NULL,
    "message" TEXT NOT NULL,
    "state" TEXT,
    "terminals" TEXT NOT NULL,
    "verdict" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TaskReport_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "TaskReport_learnerId_createdAt_idx" ON "TaskReport"("learnerId", "createdAt");

-- AddForeignKey
ALTER TABLE "TaskReport" ADD CONSTRAINT "TaskReport_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

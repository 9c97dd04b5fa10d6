"""Full decisions for 市公共信用信息平台: outbox, ledger and adaptor of its own, apart from all portals."""

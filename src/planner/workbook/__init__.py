"""Plan from a workbook to a workbook, without any database. Only this package reads and writes files."""

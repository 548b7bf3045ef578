"""Excel workbooks (.xlsx, .xlsm, Excel 2003 XML) to the neutral Document's parts; `workbook` is where reading begins."""

/** The same topology over captured records, without a broker and with a clock that the records drive. */
package dev.plait.app.backtest;
